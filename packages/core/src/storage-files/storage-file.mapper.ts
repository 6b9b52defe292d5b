import type { StorageFile } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'

export type StorageFileRow = {
  bot_id: string
  id: string
  seq: string
  name: string
  access_type: StorageFile['accessType']
  content_type: string
  size_bytes: string
  created_at: string
}

export const toStorageFile = ({ publicUrl }: PlatformContext, row: StorageFileRow): StorageFile => ({
  id: row.id,
  botId: row.bot_id,
  name: row.name,
  accessType: row.access_type,
  size: Number(row.size_bytes),
  createdAt: row.created_at,
  ...(row.access_type === 'public' && { publicUrl: `${publicUrl}/_understudy/storage/files/${row.id}` }),
})
